// course.js: the first page: what is here, what comes next, and what the reader has done.
'use strict';

const WHAT = { before: 'the quiz before it', read: 'the chapter and its program', after: 'the quiz after it' };
const LINE = /^\d+\t(opened|tried|passed|hint|reset|answer)\t\d\d-\w+\t[^\t]*$/;

// "02-the-tape before read a1 a2 after b c d : b c d;": a chapter, what it has, and what of it is written on one's own
// machine; a log that is brought here has that, too.
const readCourse = text => text.split(';').filter(Boolean).map(line => {
	const [[chapter, ...items], native] = line.split(':').map(words => words.trim().split(' '));
	return { chapter, title: document.querySelector(`main td a[href^="${chapter}.html"]`)?.textContent || chapter, items, native };
});
const here = document.querySelector('.here');
const course = readCourse(document.querySelector('meta[name=course]').content);
const isDone = (passed, chapter, item) => passed.has(`${chapter.slice(0, 2)}-${item}`);

// The first thing that is not done, in the order of the course.
function nextOf(passed) {
	for (const { chapter, title, items, native } of course)
		for (const item of items)
			if (!native.includes(item) && !isDone(passed, chapter, item))
				return { title, chapter, what: WHAT[item] || `warm-up ${item[1]}`,
					page: item === 'read' ? `${chapter}.html` : `${chapter}-exercises.html#${/^a/.test(item) ? 'part-a' : 'quiz'}` };
	return null;
}

// A log from another machine: its lines are put among those that are here.
async function bring(file) {
	const lines = (await file.text()).split(/\r?\n/).filter(line => LINE.test(line)), had = log().split('\n').filter(Boolean);
	const fresh = lines.filter(line => !had.includes(line));
	if (fresh.length)
		keepLog([...had, ...fresh].sort((a, b) => parseInt(a) - parseInt(b)).join('\n') + '\n');
	show(lines.length ? `Of ${lines.length} events in the file ${fresh.length} are new here.`
		: 'This is no log.tsv: it has no line with a time, an event and an exercise.');
}

function show(said = '') {
	const passed = new Set(events().filter(e => e.what === 'passed').map(e => e.item)), next = nextOf(passed);
	const begun = log() !== '';
	for (const { chapter, items } of course) {
		const link = document.querySelector(`main td a[href^="${chapter}.html"]`), done = items.filter(item => isDone(passed, chapter, item)).length;
		link?.parentElement.querySelector('.done')?.remove();
		if (link && done)
			link.after(element('span', { class: 'done' }, `${done} of ${items.length} done`));
	}
	// What is here, what comes next, and a way in and out for what is done.
	const file = element('input', { type: 'file', accept: '.tsv,text/tab-separated-values', 'aria-label': 'A log.tsv to bring here',
		hidden: true, onchange: () => file.files[0] && bring(file.files[0]) });
	here.replaceChildren(
		element('p', {}, begun ? 'Next in the course: ' : `${course.length} chapters: from a table of numbers to a network that tells which emotion words and voice express. ` +
			'Each chapter has its program in it. It runs here: it asks you to predict, draws, plays sounds, and waits where you want it to. ' +
			'Nothing is installed, and nothing that you do leaves this browser.'),
		next ? element('p', {}, element('a', { class: 'go', href: begun ? next.page : `${next.chapter}.html` },
			begun ? `${next.title}: ${next.what}` : `Begin: ${next.title}`)) : element('p', {}, 'You have done all that can be done here.'),
		element('p', { class: 'tools' }, ...(begun ? [element('button', { type: 'button', onclick: exportLog }, 'Save my progress (log.tsv)')] : []),
			element('button', { type: 'button', onclick: () => file.click() }, 'Bring progress from a file'), file,
			begun ? ' It is kept in this browser only. The file is what an instructor collects.' : ''),
		element('p', { role: 'status' }, said));
}

show();
