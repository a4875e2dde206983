// checks.mjs: counts the checks of a test in node, and tells those that fail.
let checks = 0, failures = 0;
export function failed(text) {
	failures++;
	console.log(`FAILED: ${text}`);
}
// `wrong`: what is; an empty list is right.
export function check(name, wrong) {
	checks++;
	if (wrong && !(Array.isArray(wrong) && !wrong.length))
		failed(`${name}: ${[].concat(wrong).slice(0, 8).join('; ')}`);
}
// What the name says is so, unless `right`.
export const holds = (name, right, more = 'so it is') => check(name, right ? [] : [more]);

// Runs the checks one after the other, then `leave`, and ends.
export async function look_each(what, all, leave) {
	try {
		for (const one of all)
			await one();
	} catch (error) {
		failed(error.stack);
	} finally {
		await leave();
	}
	console.log(`${what}: ${checks} checks, ${failures} failures`);
	process.exit(failures || !checks ? 1 : 0);
}
