package node

import (
	"context"
	"fmt"
	"net"
	"os/exec"
	"strings"
)

// Runtime is the container runtime of a node, seen from the machine.
type Runtime struct {
	PID int    // the node's first process
	Ctr string // path of containerd's client
}

// address reaches the socket through the node's own view of the files; the path is short enough for a socket's name
// wherever the node's folder is.
func (r Runtime) address() string { return fmt.Sprintf("/proc/%d/root%s", r.PID, containerdSocket) }

// Listens tells whether the runtime takes calls.
func (r Runtime) Listens() bool {
	connection, err := net.Dial("unix", r.address())
	if err != nil {
		return false
	}
	connection.Close()
	return true
}

// Import gives the node the images of an archive (docker save, Jib's tar, or OCI), under their tags and their digests.
func (r Runtime) Import(ctx context.Context, file string) error {
	if _, err := r.ctr(ctx, "images", "import", file); err != nil {
		return fmt.Errorf("importing %s: %w", file, err)
	}
	listed, err := r.ctr(ctx, "images", "list")
	if err != nil {
		return err
	}
	for tagged, digest := range missingDigests(listed) {
		if _, err := r.ctr(ctx, "images", "tag", tagged, digest); err != nil {
			return err
		}
	}
	return nil
}

func (r Runtime) ctr(ctx context.Context, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, r.Ctr, append([]string{"--address=" + r.address(), "--namespace=k8s.io"}, arguments...)...)
	var complaints strings.Builder
	command.Stderr = &complaints
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("ctr %s: %w: %s", strings.Join(arguments, " "), err, strings.TrimSpace(complaints.String()))
	}
	return string(output), nil
}

// missingDigests maps the tagged images of a list (as ctr prints it) to their names by digest, where the list lacks these.
func missingDigests(listed string) map[string]string {
	present := map[string]bool{}
	missing := map[string]string{}
	lines := strings.Split(listed, "\n")
	for _, line := range lines {
		if fields := strings.Fields(line); len(fields) > 0 {
			present[fields[0]] = true
		}
	}
	for _, line := range lines {
		fields := strings.Fields(line)
		if len(fields) < 3 || strings.Contains(fields[0], "@") || !strings.HasPrefix(fields[2], "sha256:") || !strings.Contains(fields[0], "/") {
			continue // by digest already, or by that of its configuration alone
		}
		colon := strings.LastIndex(fields[0], ":")
		if colon <= strings.LastIndex(fields[0], "/") {
			continue // no tag
		}
		if digest := fields[0][:colon] + "@" + fields[2]; !present[digest] {
			missing[fields[0]] = digest
		}
	}
	return missing
}
