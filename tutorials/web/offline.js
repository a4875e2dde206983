// offline.js: what has been loaded once is there without a network. VERSION is made of all
// files (web.sh): another book is another store, and the old one goes.
'use strict';
importScripts('relaxed.js');

const STORE = 'emotionnet-VERSION';
const FIRST = ['index.html', 'course.js', 'page.js', 'page.css', 'wasi.js', 'relaxed.js', 'exercises.js', 'compile.js'];

addEventListener('install', event =>
	event.waitUntil(caches.open(STORE).then(store => store.addAll(FIRST)).then(() => skipWaiting())));
addEventListener('activate', event =>
	event.waitUntil(caches.keys()
		.then(names => Promise.all(names.filter(name => name !== STORE).map(name => caches.delete(name))))
		.then(() => clients.claim())
		.then(keepOpenPages)));

// The page that was read while this was installed, and its program.
async function keepOpenPages() {
	const store = await caches.open(STORE), pages = await clients.matchAll({ type: 'window' });
	for (const { url } of pages) {
		const page = await fetch(url);
		await store.put(url.replace(/#.*/, ''), page.clone());
		const [, kind, parts] = /name="(program|keep)"[^>]* content="([^"]+)"/.exec(await page.text()) || [, '', ''];
		const names = kind === 'program' ? [fitting(parts)] : parts.split(' ').filter(Boolean);
		await store.addAll(names.map(name => new URL(name, url)));
	}
}

addEventListener('fetch', event => {
	if (event.request.method !== 'GET' || new URL(event.request.url).origin !== location.origin)
		return;
	event.respondWith(caches.open(STORE).then(async store => {
		const kept = await store.match(event.request, { ignoreSearch: true });
		if (kept)
			return kept;
		const answer = await fetch(event.request);
		if (answer.status === 200)
			store.put(event.request, answer.clone());
		return answer;
	}));
});
