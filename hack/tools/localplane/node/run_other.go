//go:build !linux

package node

import "errors"

// Run fails: only Linux has what a node is made of.
func Run(string) error { return errors.New("a real node needs Linux") }
