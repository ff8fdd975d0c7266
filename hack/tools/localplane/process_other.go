//go:build !linux

package main

import "syscall"

// componentAttributes puts a process into the group of its instance (0: a new one). Only Linux can tie its life to the
// supervisor's; elsewhere the next stop or start ends what a killed supervisor left.
func componentAttributes(group int) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pgid: group}
}

// isolatedAttributes is never used: a real node needs Linux, as start has told the user.
func isolatedAttributes() *syscall.SysProcAttr { return componentAttributes(0) }
