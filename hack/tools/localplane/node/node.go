// Package node runs a real node on this machine: containerd, kubelet, kube-proxy and kube-router in namespaces of their own.
//
// The node is one process, the first of its own process, mount and network namespaces. Whatever the node makes (containers,
// shims, mounts, links, packet filters) lives in these, so all of it ends when that one process does, even by SIGKILL. What
// the machine sees of it is one link, control groups and one folder.
package node

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// Programs are the names of the programs that a real node needs.
var Programs = []string{
	"containerd", "containerd-shim-runc-v2", "ctr", "runc", "ptp", "host-local", "loopback", "kubelet", "kube-proxy", "kube-router",
	"pause", "coredns",
}

// HiddenFolders are those where the node sees something else than the machine does: the first is its own, and what it writes
// to the others stays in memory.
var HiddenFolders = []string{"/run", "/var/lib", "/var/log"}

// Spec tells the node's first process what to run.
type Spec struct {
	Name     string            `json:"name"`
	Network  Network           `json:"network"`
	Programs map[string]string `json:"programs"` // paths, by Programs
	Folder   string            `json:"folder"`   // for what the node writes, removed when it ends
	Logs     string            `json:"logs"`     // for what its programs and pods say
	Server   string            `json:"server"`   // URL of the API server
	CA       string            `json:"ca"`       // file of the certificate authority
	// Snapshotter is how containerd stacks the layers of images; Write chooses it.
	Snapshotter string  `json:"snapshotter"`
	Serving     KeyPair `json:"serving"` // what the kubelet shows to its clients
	// Kubeconfigs of kubelet, kube-proxy and kube-router.
	Kubeconfigs map[string]string `json:"kubeconfigs"`
}

// KeyPair names the files of a certificate and its key.
type KeyPair struct {
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
}

func (s Spec) path(name string) string { return filepath.Join(s.Folder, name) }
func (s Spec) log(name string) string  { return filepath.Join(s.Logs, name+".log") }

// Write writes the spec and the configuration files of the programs into the node's folder, and returns the file to give
// to Run.
func (s Spec) Write() (string, error) {
	if err := os.MkdirAll(s.Folder, 0o700); err != nil {
		return "", err
	}
	snapshotter, err := snapshotterFor(s.Folder)
	if err != nil {
		return "", err
	}
	s.Snapshotter = snapshotter
	for name, content := range s.configuration() {
		if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o700); err != nil {
			return "", err
		}
		if err := os.WriteFile(s.path(name), content, 0o600); err != nil {
			return "", err
		}
	}
	content, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return "", err
	}
	file := s.path("node.json")
	return file, os.WriteFile(file, content, 0o600)
}

// snapshotterFor is overlayfs, unless the folder lies in an overlay itself (as in a container), which cannot hold another.
func snapshotterFor(folder string) (string, error) {
	const overlay = 0x794c7630
	var stat syscall.Statfs_t
	if err := syscall.Statfs(folder, &stat); err != nil {
		return "", &os.PathError{Op: "statfs", Path: folder, Err: err}
	}
	if int64(stat.Type) == overlay {
		return "native", nil
	}
	return "overlayfs", nil
}

func readSpec(file string) (Spec, error) {
	var spec Spec
	content, err := os.ReadFile(file)
	if err != nil {
		return spec, err
	}
	if err := json.Unmarshal(content, &spec); err != nil {
		return spec, fmt.Errorf("%s: %w", file, err)
	}
	return spec, nil
}
