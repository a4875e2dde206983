# The page of `emotionnet serve` (emotionnet/serve/page/live.html) as one with the program inside it.
/<script type="module" src="live.js">/{
i\
<link rel="stylesheet" href="web.css">\
<script type="module" src="here.js"></script>
}
s/it draws what the program on this machine answers/the program is inside it/
s/Sound and pictures go to the program on this machine and no further/Sound and pictures go to the program inside this page and no further/
/<\/h1>/r tutorials/web/live/nav.html
/^	<\/form>/r tutorials/web/live/more.html
