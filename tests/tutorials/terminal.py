"""Runs a program on a pseudo-terminal and answers its prompts, one line a prompt; prints all it said, plain.
usage: terminal.py COLUMNS 'answer|answer|^D' PROGRAM [ARGUMENT...]      ^D: the end of input; ^E: Enter alone"""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios

columns, answers, command = int(sys.argv[1]), sys.argv[2].split('|'), sys.argv[3:]
keys = {'^D': '\x04', '^E': '\n'}
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    os.execvp(command[0], command)
said = ''
while select.select([terminal], [], [], 20)[0]:
    try:
        piece = os.read(terminal, 4096).decode(errors='replace')
    except OSError:  # the program has ended
        break
    said += piece
    if re.search(r'(not sure\): |to go on\) |\(gdb\) )$', said) and answers:
        answer = answers.pop(0)
        os.write(terminal, keys.get(answer, answer + '\n').encode())
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(re.sub(r'\x1b\[[0-9;?]*[A-Za-z]', '', said).replace('\r', ''))
sys.exit(status)
