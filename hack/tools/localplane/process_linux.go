package main

import "syscall"

// componentAttributes puts a process into the group of its instance (0: a new one) and has the kernel kill it when the
// supervisor dies, however it dies.
func componentAttributes(group int) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pgid: group, Pdeathsig: syscall.SIGKILL}
}

// isolatedAttributes gives a process namespaces of its own, in which it is the first process: when it ends, the kernel kills
// all others there and takes down what they mounted and linked. The kernel kills it when the supervisor dies.
func isolatedAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
		Setpgid:    true,
		Pdeathsig:  syscall.SIGKILL,
	}
}
