/* seal.h: what a process may no longer do once it runs a student's code. */
#ifndef TUTORIALS_GRADER_SEAL_H
#define TUTORIALS_GRADER_SEAL_H

/* From now on this process cannot start another, send a signal, open a socket, or
 * create, write or remove a file: each such call fails with EPERM. It reads, writes to
 * what is open, and computes. It cannot be undone. Only on Linux (seccomp, on x86-64
 * and 64-bit Arm); elsewhere nothing happens. */
void seal_process(void);

#endif
