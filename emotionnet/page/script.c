/* script.c: what a page can do that it can also do without: tables are sorted by a
 * column, and a line runs over a spectrogram while its sound plays. */
#include "emotionnet/page/html.h"

const char page_script[] =
        "'use strict';\n"
        /* A cell's number is data-v where it has one, else what it reads. */
        "function value(row,column){const cell=row.cells[column];"
        "const text=cell.dataset.v??cell.textContent.trim();"
        "const number=Number(text);return text!==''&&!isNaN(number)?number:text}\n"
        "function compare(a,b){return typeof a==='number'&&typeof b==='number'?a-b:"
        "typeof a==='number'?-1:typeof b==='number'?1:a.localeCompare(b)}\n"
        "function sort(table,column){const head=table.tHead.rows[0].cells;"
        "const down=head[column].getAttribute('aria-sort')==='descending';"
        "for(const th of head)th.removeAttribute('aria-sort');"
        "head[column].setAttribute('aria-sort',down?'ascending':'descending');"
        "const body=table.tBodies[0];const rows=[...body.rows];"
        "rows.sort((a,b)=>(down?1:-1)*compare(value(a,column),value(b,column)));"
        "body.append(...rows)}\n"
        "for(const table of document.querySelectorAll('table.sortable')){"
        "[...table.tHead.rows[0].cells].forEach((th,column)=>{"
        "const button=document.createElement('button');button.type='button';"
        "button.append(...th.childNodes);th.append(button);"
        "button.addEventListener('click',()=>sort(table,column))})}\n"
        "for(const audio of document.querySelectorAll('audio')){"
        "const cursor=audio.closest('article').querySelector('.cursor');"
        "if(!cursor)continue;"
        "const move=()=>{const seen=audio.currentTime>0;"
        "cursor.style.visibility=seen?'visible':'hidden';"
        "cursor.style.left=100*audio.currentTime/(audio.duration||1)+'%';"
        "if(!audio.paused)requestAnimationFrame(move)};"
        "audio.addEventListener('play',move);audio.addEventListener('seeked',move)}\n";
