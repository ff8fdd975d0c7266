package node

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Run is the first process of the node. Its caller has given it process, mount, network, IPC and host name namespaces of
// its own, and its end of the link follows. It returns when one of the node's programs has ended, and with it ends the node.
func Run(specFile string) error {
	if os.Getpid() != 1 {
		return errors.New("this command is for localplane itself: it must be the first process of a namespace")
	}
	spec, err := readSpec(specFile)
	if err != nil {
		return err
	}
	if err := syscall.Sethostname([]byte(spec.Name)); err != nil {
		return err
	}
	if err := makeControlGroups(spec.Network.ControlGroup()); err != nil {
		return err
	}
	if err := separateFiles(spec); err != nil {
		return err
	}
	if err := joinNetwork(spec.Network); err != nil {
		return err
	}
	// Programs find their helpers beside them: containerd the shim, the shim runc.
	folders := unique([]string{filepath.Dir(spec.Programs["containerd"]), filepath.Dir(spec.Programs["runc"])})
	if err := os.Setenv("PATH", strings.Join(append(folders, "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"), ":")); err != nil {
		return err
	}

	running := map[int]string{}
	start := func(p program) error {
		pid, err := spec.start(p)
		running[pid] = p.name
		return err
	}
	if err := start(spec.runtime()); err != nil {
		return err
	}
	if err := waitListening(containerdSocket, running); err != nil {
		return err
	}
	for _, agent := range spec.agents() {
		if err := start(agent); err != nil {
			return err
		}
	}
	return reap(running)
}

// separateFiles gives the node its own view of the machine's files: its own processes in /proc, and in the folders that
// programs write to whatever their configuration says, its writes stay in memory.
func separateFiles(spec Spec) error {
	for _, mount := range []struct {
		source, target, kind string
		flags                uintptr
	}{
		{"", "/", "", syscall.MS_REC | syscall.MS_PRIVATE}, // nothing that is mounted here shows on the machine
		{"", "/", "", syscall.MS_REC | syscall.MS_SHARED},  // but in containers, if they ask for it
		{"proc", "/proc", "proc", syscall.MS_NOSUID | syscall.MS_NODEV | syscall.MS_NOEXEC},
		{"tmpfs", "/run", "tmpfs", syscall.MS_NOSUID | syscall.MS_NODEV},
	} {
		if err := syscall.Mount(mount.source, mount.target, mount.kind, mount.flags, ""); err != nil {
			return fmt.Errorf("mounting %s: %w", mount.target, err)
		}
	}
	for _, folder := range HiddenFolders[1:] {
		if err := keepWritesInMemory(folder); err != nil {
			return err
		}
	}
	return playKernelSettings()
}

// keepWritesInMemory has the folder show what it holds, while what is written to it goes elsewhere.
func keepWritesInMemory(folder string) error {
	upper := filepath.Join("/run/writes", folder, "upper")
	work := filepath.Join("/run/writes", folder, "work")
	for _, path := range []string{upper, work} {
		if err := os.MkdirAll(path, 0o755); err != nil {
			return err
		}
	}
	options := "lowerdir=" + folder + ",upperdir=" + upper + ",workdir=" + work
	if err := syscall.Mount("overlay", folder, "overlay", 0, options); err != nil {
		return fmt.Errorf("mounting an overlay on %s: %w", folder, err)
	}
	return nil
}

// playKernelSettings shows the kubelet the settings that it would else change for the whole machine.
func playKernelSettings() error {
	for name, value := range map[string]string{
		"vm/overcommit_memory":      "1",
		"vm/panic_on_oom":           "0",
		"kernel/panic":              "10",
		"kernel/panic_on_oops":      "1",
		"kernel/keys/root_maxkeys":  "1000000",
		"kernel/keys/root_maxbytes": "25000000",
	} {
		played := filepath.Join("/run/kernel-settings", name)
		if err := os.MkdirAll(filepath.Dir(played), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(played, []byte(value+"\n"), 0o644); err != nil {
			return err
		}
		real := filepath.Join("/proc/sys", name)
		if err := syscall.Mount(played, real, "", syscall.MS_BIND, ""); err != nil {
			return fmt.Errorf("mounting %s: %w", real, err)
		}
	}
	return nil
}

// joinNetwork waits for the node's end of the link and sets up addresses and routes.
func joinNetwork(n Network) error {
	err := waitFor("the link to the machine", func() bool {
		_, err := net.InterfaceByName(nodeInterface)
		return err == nil
	})
	if err != nil {
		return err
	}
	for _, arguments := range [][]string{
		{"link", "set", "lo", "up"},
		{"address", "add", n.Node().String() + "/30", "dev", nodeInterface},
		{"link", "set", nodeInterface, "up"},
		{"route", "add", "default", "via", n.Host().String()},
		{"route", "add", "unreachable", n.Range().String()}, // what nobody has is not to go back to the machine
	} {
		if _, err := ip(arguments...); err != nil {
			return err
		}
	}
	return os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644)
}

// start starts a program with its output in its log.
func (s Spec) start(p program) (int, error) {
	log, err := os.Create(s.log(p.name))
	if err != nil {
		return 0, err
	}
	defer log.Close()
	nothing, err := os.Open(os.DevNull)
	if err != nil {
		return 0, err
	}
	defer nothing.Close()
	path := s.Programs[p.name]
	process, err := os.StartProcess(path, append([]string{path}, p.arguments...), &os.ProcAttr{
		Dir:   s.Folder,
		Files: []*os.File{nothing, log, log},
		Sys:   &syscall.SysProcAttr{Setsid: true},
	})
	if err != nil {
		return 0, fmt.Errorf("starting %s: %w", p.name, err)
	}
	return process.Pid, nil
}

// waitListening waits until a program listens on a socket, or any program has ended.
func waitListening(socket string, running map[int]string) error {
	var ended error
	err := waitFor(socket, func() bool {
		connection, err := net.Dial("unix", socket)
		if err == nil {
			connection.Close()
			return true
		}
		ended = reapOne(running, syscall.WNOHANG)
		return ended != nil
	})
	return errors.Join(ended, err)
}

func waitFor(what string, ready func() bool) error {
	const limit = 60 * time.Second
	for deadline := time.Now().Add(limit); !ready(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			return fmt.Errorf("%s was not there after %s", what, limit)
		}
	}
	return nil
}

// reap takes in the orphans of the node, as the first process must, until one of its programs ends.
func reap(running map[int]string) error {
	for {
		if err := reapOne(running, 0); err != nil {
			return err
		}
	}
}

func reapOne(running map[int]string, options int) error {
	var status syscall.WaitStatus
	pid, err := syscall.Wait4(-1, &status, options, nil)
	switch {
	case err == syscall.EINTR || pid == 0:
		return nil
	case err != nil:
		return fmt.Errorf("waiting for processes: %w", err)
	}
	if name, found := running[pid]; found {
		return fmt.Errorf("%s ended (exit code %d, signal %d); see its log", name, status.ExitStatus(), status.Signal())
	}
	return nil
}
