package main

import "syscall"

// componentAttributes puts a process into the group of its instance (0: a new one) and has the kernel kill it when the
// supervisor dies, however it dies.
func componentAttributes(group int) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pgid: group, Pdeathsig: syscall.SIGKILL}
}
