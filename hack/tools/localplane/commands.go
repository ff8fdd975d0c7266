package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
)

// superviseCommand is how start calls this program again to stay in the background.
const superviseCommand = "supervise"

// nodeCommand is how the supervisor calls this program again as the first process of the real node.
const nodeCommand = "node"

// readyFormat is the line that tells scripts that the control plane can be used; its argument is the kubeconfig's path.
const readyFormat = "ready kubeconfig=%s\n"

// restartTimeout is how long a component may take until it is healthy again.
const restartTimeout = 60 * time.Second

// reportDescriptor is where the background process tells start that it is ready, or why not.
const reportDescriptor = 3

// startInBackground starts a supervisor that outlives this process and waits until it is ready.
func startInBackground(i instance, options startOptions, arguments []string) error {
	if isLocked(i.supervisorLock()) {
		return awaitRunning(i, options.timeout())
	}
	if err := os.MkdirAll(i.dir, 0o700); err != nil {
		return err
	}
	log, err := os.Create(i.path("supervisor.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	command := exec.Command(self, append([]string{superviseCommand}, arguments...)...)
	command.Stdout, command.Stderr = log, log
	command.ExtraFiles = []*os.File{writer}
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return err
	}
	writer.Close()

	ctx, release := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer release()
	leave := context.AfterFunc(ctx, func() { command.Process.Signal(syscall.SIGTERM) })
	message, err := io.ReadAll(reader)
	leave()
	if err != nil {
		return err
	}
	if strings.HasPrefix(string(message), "ready ") {
		_, err := os.Stdout.Write(message)
		return err
	}
	command.Wait()
	if ctx.Err() != nil {
		return errors.New("interrupted; everything that was started has ended")
	}
	if len(message) == 0 {
		return fmt.Errorf("the supervisor ended; the end of its log:\n%s", tail(i.path("supervisor.log"), 20))
	}
	return errors.New(string(message))
}

// superviseInBackground is the process that startInBackground starts.
func superviseInBackground(i instance, options startOptions) error {
	report := os.NewFile(reportDescriptor, "report")
	syscall.CloseOnExec(reportDescriptor)
	err := supervise(i, options, report)
	if err != nil {
		fmt.Fprint(report, err) // fails when start has been told "ready" and is gone
	}
	return err
}

// awaitRunning waits for a control plane that another process starts.
func awaitRunning(i instance, timeout time.Duration) error {
	for deadline := time.Now().Add(timeout); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if !isLocked(i.supervisorLock()) {
			return fmt.Errorf("control plane %q ended while starting; its log is %s", i.name, i.path("supervisor.log"))
		}
		if r, err := i.read(); err == nil && r.Ready {
			fmt.Fprintf(os.Stderr, "control plane %q runs since %s\n", i.name, r.Started.Format(time.DateTime))
			fmt.Printf(readyFormat, i.kubeconfig())
			return nil
		}
	}
	return fmt.Errorf("control plane %q is being started by another process and not ready after %s", i.name, timeout)
}

func stop(i instance) error {
	if !isLocked(i.supervisorLock()) && !isLocked(i.componentsLock()) {
		fmt.Fprintf(os.Stderr, "control plane %q does not run\n", i.name)
		return endLeftovers(i)
	}
	r, err := i.read()
	if err != nil {
		return err
	}
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		if !isLocked(i.supervisorLock()) {
			break
		}
		if err := syscall.Kill(r.SupervisorPID, sig); err != nil {
			return fmt.Errorf("ending process %d: %w", r.SupervisorPID, err)
		}
		waitUnlocked(i.supervisorLock(), 15*time.Second)
	}
	return endLeftovers(i)
}

// restart kills a component and returns when its supervisor has started it again.
func restart(i instance, component string, timeout time.Duration) error {
	r, err := runningRecord(i)
	if err != nil {
		return err
	}
	pid, found := r.Components[component]
	if !found {
		return fmt.Errorf("--component is %q; it must be one of %s", component, strings.Join(r.componentNames(), ", "))
	}
	if err := os.WriteFile(i.restartRequest(component), nil, 0o600); err != nil {
		return err
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		return errors.Join(fmt.Errorf("ending process %d: %w", pid, err), os.Remove(i.restartRequest(component)))
	}
	for deadline := time.Now().Add(timeout); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if r, err := i.read(); err == nil && r.Components[component] != pid {
			return nil
		}
		if !isLocked(i.supervisorLock()) {
			return fmt.Errorf("control plane %q ended while %s was started again; see %s", i.name, component, i.path("logs"))
		}
	}
	return fmt.Errorf("%s is not ready again after %s; its log is %s", component, timeout, i.log(component))
}

func printKubeconfig(i instance, out io.Writer) error {
	if _, err := runningRecord(i); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, i.kubeconfig())
	return err
}

func printStatus(i instance, out io.Writer) error {
	r, err := runningRecord(i)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "name        %s\nserver      %s\nkubeconfig  %s\nlogs        %s\naudit log   %s\nstarted     %s\n\n",
		r.Name, r.Server, i.kubeconfig(), i.path("logs"), i.path("audit.log"), r.Started.Format(time.RFC3339))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "COMPONENT\tPID\tRESIDENT")
	for _, name := range r.componentNames() {
		fmt.Fprintf(table, "%s\t%d\t%s\n", name, r.Components[name], resident(r.Components[name]))
	}
	return table.Flush()
}

// resident is how much memory a process holds, as ps tells it.
func resident(pid int) string {
	output, err := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return "unknown"
	}
	kibibytes, err := strconv.Atoi(strings.TrimSpace(string(output)))
	if err != nil {
		return "unknown"
	}
	return fmt.Sprintf("%d MiB", kibibytes/1024)
}

func runningRecord(i instance) (record, error) {
	if !isLocked(i.supervisorLock()) {
		return record{}, fmt.Errorf("control plane %q is %w; start it by hack/control-plane start", i.name, errNotRunning)
	}
	r, err := i.read()
	if err == nil && !r.Ready {
		err = fmt.Errorf("control plane %q is %w yet: it is being started", i.name, errNotRunning)
	}
	return r, err
}

func clean(i instance) error {
	if isLocked(i.supervisorLock()) || isLocked(i.componentsLock()) {
		return fmt.Errorf("control plane %q runs; stop it first", i.name)
	}
	return i.remove()
}
