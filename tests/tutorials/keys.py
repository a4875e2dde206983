"""Runs a program on a pseudo-terminal and does what a script says; prints all that was said, plain.
usage: keys.py COLUMNS SCRIPT PROGRAM [ARGUMENT...]

A line of SCRIPT is one of
    wait TEXT        until TEXT has been said, since the last key; a minute at most
    key K            one key; ^C and ^D are control keys, ENTER is Enter
    run COMMAND      of the shell, meanwhile: an editor that saves
Status: the program's; 98 if a text did not come, 99 if the terminal is not as it was before."""
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time

columns, script, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
before = termios.tcgetattr(slave)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in range(3):
        os.dup2(slave, fd)
    os.execvp(command[0], command)
said, fresh = '', ''


def plain(text):
    return re.sub(r'\x1b\[[0-9;?]*[A-Za-z]', '', text).replace('\r', '')


def hear(seconds):
    global said, fresh
    if not select.select([master], [], [], seconds)[0]:
        return False
    piece = os.read(master, 4096).decode(errors='replace')
    said += piece
    fresh += piece
    return True


def end(status):
    while hear(0.2):
        pass
    print(plain(said))
    sys.exit(status)


for line in script.strip().split('\n'):
    what, _, rest = line.strip().partition(' ')
    if what == 'wait':
        until = time.time() + 60
        while rest not in plain(fresh):
            if time.time() > until or not hear(1) and os.waitpid(child, os.WNOHANG)[0]:
                print(f'keys.py: "{rest}" did not come')
                end(98)
    elif what == 'key':
        fresh = ''
        keys = {'^C': '\x03', '^D': '\x04', 'ENTER': '\n'}
        os.write(master, keys.get(rest, rest).encode())
    elif what == 'run':
        fresh = ''
        subprocess.run(rest, shell=True, check=True)
until = time.time() + 20
ended, status = 0, 0
while not ended and time.time() < until:
    hear(0.1)
    ended, status = os.waitpid(child, os.WNOHANG)
if not ended:
    os.kill(child, 9)
    print('keys.py: the program did not end')
    end(98)
end(99 if termios.tcgetattr(slave) != before else os.waitstatus_to_exitcode(status) & 255)
