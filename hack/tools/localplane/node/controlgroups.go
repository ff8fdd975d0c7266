package node

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

const controlGroups = "/sys/fs/cgroup"

// ControlGroup is the group that holds those of all pods of the node, in each hierarchy.
func (n Network) ControlGroup() string { return "/" + n.Link() }

// hierarchies are the folders that hold a control group file system: one for the unified hierarchy, several for the older
// version, where the names of some are links to others.
func hierarchies(root string) ([]string, error) {
	if _, err := os.Stat(filepath.Join(root, "cgroup.controllers")); err == nil {
		return []string{root}, nil
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, entry := range entries {
		folder := filepath.Join(root, entry.Name())
		if _, err := os.Stat(filepath.Join(folder, "cgroup.procs")); entry.IsDir() && err == nil {
			found = append(found, folder)
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s holds no control group hierarchy", root)
	}
	return found, nil
}

// makeControlGroups makes the node's group in every hierarchy; the kubelet wants it to be there.
func makeControlGroups(group string) error {
	all, err := hierarchies(controlGroups)
	if err != nil {
		return err
	}
	for _, hierarchy := range all {
		folder := filepath.Join(hierarchy, group)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := raiseShare(folder); err != nil {
			return err
		}
		if filepath.Base(hierarchy) == "cpuset" {
			if err := inheritCPUs(hierarchy, folder); err != nil {
				return err
			}
		}
	}
	return nil
}

// raiseShare lets the pods count as ten processes of the machine. They would count as one, all together, and starve on a
// machine that has much else to do.
func raiseShare(folder string) error {
	for name, share := range map[string]string{"cpu.shares": "10240", "cpu.weight": "1000"} { // of the older and newer version
		err := os.WriteFile(filepath.Join(folder, name), []byte(share), 0)
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return err
		}
	}
	return nil
}

// inheritCPUs gives a new group of the older version the processors and memory of its parent, without which no process
// can join it.
func inheritCPUs(parent, folder string) error {
	for _, name := range []string{"cpuset.cpus", "cpuset.mems"} {
		content, err := os.ReadFile(filepath.Join(parent, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// removeControlGroups removes the group with all below it. Its processes have been killed, and may take a moment to end.
func removeControlGroups(group string) error {
	all, err := hierarchies(controlGroups)
	if err != nil {
		return err
	}
	for _, hierarchy := range all {
		deadline := time.Now().Add(10 * time.Second)
		for {
			err := removeTree(filepath.Join(hierarchy, group))
			if err == nil {
				break
			}
			if !errors.Is(err, syscall.EBUSY) || time.Now().After(deadline) {
				return err
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	return nil
}

// removeTree removes a folder and the folders in it, deepest first. The files in a control group cannot be removed, and go
// with their folder.
func removeTree(root string) error {
	var folders []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders = append(folders, path)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, folder := range slices.Backward(folders) {
		if err := syscall.Rmdir(folder); err != nil && err != syscall.ENOENT {
			return &os.PathError{Op: "remove", Path: folder, Err: err}
		}
	}
	return nil
}
