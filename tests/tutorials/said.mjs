// said.mjs: what a chapter's program says in its page, beside what it says in a pipe.
export const SAID = `return [...document.querySelectorAll('.screen-text .line')].map(l => l.textContent).join('\\n')`;

// What is measured differs each time; what became a picture or a player on the page names its file alone.
export const masked = text => text.replace(/\[[^\]\n]*\]/g, '[]').replace(/^ *\((as a picture|to hear it):[^)]*\)\n/gm, '').trimEnd();

// Are both the same? And where they are not.
export function differs(native, page) {
	const wanted = masked(native).split('\n'), found = masked(page).split('\n'), at = wanted.findIndex((line, i) => line !== found[i]);
	return [at < 0 && wanted.length === found.length, `at line ${at + 1}: "${wanted[at]}", in the page "${found[at]}"`];
}
