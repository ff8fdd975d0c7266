package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// instance is one control plane: a name and a folder that holds everything it reads and writes.
type instance struct {
	name string
	dir  string
}

func (i instance) path(elements ...string) string {
	return filepath.Join(append([]string{i.dir}, elements...)...)
}

func (i instance) kubeconfig() string        { return i.path("kubeconfig") }
func (i instance) pki(name string) string    { return i.path("pki", name) }
func (i instance) log(name string) string    { return i.path("logs", name+".log") }
func (i instance) supervisorLock() string    { return i.path("supervisor.lock") }
func (i instance) componentsLock() string    { return i.path("components.lock") }
func (i instance) config(name string) string { return i.path("config", name) }

// restartRequest is a file that exists while a component is to be started again when it ends.
func (i instance) restartRequest(component string) string { return i.config("restart-" + component) }

// record is what a running instance tells other processes, in instance.json.
type record struct {
	Name          string         `json:"name"`
	SupervisorPID int            `json:"supervisorPid"`
	ProcessGroup  int            `json:"processGroup"`
	Server        string         `json:"server"`
	Started       time.Time      `json:"started"`
	Ready         bool           `json:"ready"`
	Components    map[string]int `json:"components"`
}

// componentNames are the names of the components that run, sorted.
func (r record) componentNames() []string { return slices.Sorted(maps.Keys(r.Components)) }

func (i instance) write(r record) error {
	content, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(i.path("instance.json"), append(content, '\n'), 0o644)
}

func (i instance) read() (record, error) {
	var r record
	content, err := os.ReadFile(i.path("instance.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return r, fmt.Errorf("control plane %q is %w (nothing in %s)", i.name, errNotRunning, i.dir)
	}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(content, &r)
}

// contents are the files and folders that a control plane writes, but for its locks.
var contents = []string{"etcd", "node", "pki", "config", "logs", "audit.log", "kubeconfig", "instance.json"}

// refuseForeignFiles fails when the folder holds something that prepare would remove and no control plane has written.
func (i instance) refuseForeignFiles() error {
	if _, err := os.Stat(i.supervisorLock()); err == nil {
		return nil
	}
	for _, name := range contents {
		if _, err := os.Lstat(i.path(name)); err == nil {
			return fmt.Errorf("%s is in the way and not from a control plane; give --dir an empty folder", i.path(name))
		}
	}
	return nil
}

// prepare empties the folder of what an earlier control plane left and makes the folders a new one needs.
func (i instance) prepare() error {
	if err := i.removeContents(); err != nil {
		return err
	}
	for _, name := range []string{"pki", "config", "logs"} {
		if err := os.MkdirAll(i.path(name), 0o700); err != nil {
			return err
		}
	}
	return nil
}

func (i instance) removeContents() error {
	for _, name := range contents {
		if err := os.RemoveAll(i.path(name)); err != nil {
			return err
		}
	}
	return nil
}

// remove deletes everything a control plane has written, and the folder if nothing else is in it.
func (i instance) remove() error {
	if err := i.refuseForeignFiles(); err != nil {
		return err
	}
	if err := i.removeContents(); err != nil {
		return err
	}
	for _, path := range []string{i.path("supervisor.log"), i.componentsLock(), i.supervisorLock(), i.dir} {
		if err := os.Remove(path); err != nil && path != i.dir && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// writeFile replaces a file in one step, so that a reader never sees half of it.
func writeFile(path string, content []byte, mode os.FileMode) error {
	if err := os.WriteFile(path+".new", content, mode); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// Two locks tell who is alive, which a recorded process id alone cannot: ids are used again. The supervisor holds one;
// all components inherit the other, so it is free exactly when the last of them has ended.

// tryLock takes the lock; held is true when another process has it.
func tryLock(path string) (lock *os.File, held bool, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, false, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return file, false, nil
	}
	file.Close()
	return nil, errors.Is(err, syscall.EWOULDBLOCK), ignore(err, syscall.EWOULDBLOCK)
}

// isLocked tells whether some process holds the lock.
func isLocked(path string) bool {
	if _, err := os.Stat(path); err != nil {
		return false
	}
	lock, held, _ := tryLock(path)
	if lock != nil {
		lock.Close()
	}
	return held
}

// waitUnlocked waits until no process holds the lock; false when one still does after the timeout.
func waitUnlocked(path string, timeout time.Duration) bool {
	for deadline := time.Now().Add(timeout); isLocked(path); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			return false
		}
	}
	return true
}

// ignore returns nil instead of an error that is target.
func ignore(err, target error) error {
	if errors.Is(err, target) {
		return nil
	}
	return err
}
