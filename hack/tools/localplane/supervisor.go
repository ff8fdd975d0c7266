package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"comptroller.dev/hack/tools/localplane/node"
)

func init() {
	// Linux ends a component when the thread that started it does; the main thread lives as long as the process.
	runtime.LockOSThread()
}

var errParentEnded = errors.New("the parent process ended")

// supervise starts a control plane, writes "ready kubeconfig=PATH" when it can be used, and ends it when told to by a
// signal or when any component ends.
func supervise(i instance, options startOptions, report io.Writer) error {
	lock, err := claim(i)
	if err != nil {
		return err
	}
	defer lock.Close()

	ctx, release := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer release()
	if options.foreground {
		ctx = endWithParent(ctx, options.parent)
	}

	const attempts = 3 // another process may take a port before the component does
	for attempt := 1; ; attempt++ {
		err = superviseOnce(ctx, i, options, report)
		if attempt == attempts || err == nil || !strings.Contains(err.Error(), "address already in use") {
			return err
		}
		fmt.Fprintln(os.Stderr, "a port was taken meanwhile; starting again with others")
	}
}

// claim takes the instance for this process, after ending what a killed supervisor left.
func claim(i instance) (*os.File, error) {
	if err := os.MkdirAll(i.dir, 0o700); err != nil {
		return nil, err
	}
	if err := i.refuseForeignFiles(); err != nil {
		return nil, err
	}
	lock, held, err := tryLock(i.supervisorLock())
	if err != nil {
		return nil, err
	}
	if held {
		return nil, fmt.Errorf("control plane %q already runs in %s; stop it, or choose another --name", i.name, i.dir)
	}
	return lock, endLeftovers(i)
}

func superviseOnce(ctx context.Context, i instance, options startOptions, report io.Writer) (err error) {
	if err := i.prepare(); err != nil {
		return err
	}
	inherited, held, err := tryLock(i.componentsLock())
	if err != nil || held {
		return fmt.Errorf("%s cannot be locked: %w", i.componentsLock(), err)
	}
	group := &processGroup{programs: options.programs, instance: i, lock: inherited, ended: make(chan error, 8),
		restarts: make(chan component, 8)}
	defer func() {
		inherited.Close()
		err = errors.Join(err, group.end())
	}()

	starting, cancel := context.WithTimeoutCause(ctx, options.timeout(),
		fmt.Errorf("not ready after %s", options.timeout()))
	defer cancel()
	if err := startAll(starting, i, group, options); err != nil {
		if ctx.Err() != nil {
			return nil // told to end
		}
		return err
	}
	fmt.Fprintf(report, readyFormat, i.kubeconfig())
	if closer, ok := report.(io.Closer); ok && !options.foreground {
		closer.Close()
	}

	for {
		select {
		case <-ctx.Done():
			fmt.Fprintf(os.Stderr, "control plane %q ends: %v\n", i.name, context.Cause(ctx))
			return nil
		case err := <-group.ended:
			return err
		case c := <-group.restarts:
			if err := startAgain(ctx, i, group, c, options.timeout()); err != nil {
				if ctx.Err() != nil {
					return nil // told to end
				}
				return err
			}
		}
	}
}

// startAgain starts a component that has ended, waits until it is healthy, and records its process.
func startAgain(ctx context.Context, i instance, group *processGroup, c component, timeout time.Duration) error {
	r, err := i.read()
	if err != nil {
		return err
	}
	started, err := group.start(c)
	if err != nil {
		return err
	}
	cluster, err := newProbe(i, r.Server, group.ended)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("not ready after %s", timeout))
	defer cancel()
	if err := cluster.waitHealthy(ctx, c); err != nil {
		return err
	}
	r.Components[c.name] = started.pid
	fmt.Fprintf(os.Stderr, "%s was started again\n", c.name)
	return i.write(r)
}

func startAll(ctx context.Context, i instance, group *processGroup, options startOptions) error {
	began := time.Now()
	ports, err := freePorts()
	if err != nil {
		return err
	}
	site := localSite(ports)
	var real *realNode
	if options.realNode {
		if real, err = claimRealNode(i, options, group); err != nil {
			return err
		}
		site = real.site(ports)
	}
	store := etcd(i, ports)
	if _, err := group.start(store); err != nil {
		return err
	}
	ca, err := newAuthority(i.path("pki"), i.name)
	if err != nil {
		return err
	}
	admin, err := writeConfiguration(i, ca, site, options.stages)
	if err != nil {
		return err
	}
	cluster, err := newProbe(i, site.serverURL(), group.ended)
	if err != nil {
		return err
	}
	r := record{Name: i.name, SupervisorPID: os.Getpid(), ProcessGroup: group.id, Server: site.serverURL(), Started: began,
		Components: map[string]int{}}
	if err := i.write(r); err != nil {
		return err
	}

	if err := cluster.waitHealthy(ctx, store); err != nil {
		return err
	}
	server := apiServer(i, site)
	if _, err := group.start(server); err != nil {
		return err
	}
	if err := cluster.waitHealthy(ctx, server); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "API server ready after %.1f s\n", time.Since(began).Seconds())
	others := []component{controllerManager(i, ports), scheduler(i, ports), kwok(i)}
	for _, c := range others {
		if _, err := group.start(c); err != nil {
			return err
		}
	}
	if real != nil {
		if err := real.start(ctx, ca, site); err != nil {
			return err
		}
	}
	if err := createNodes(ctx, i, options); err != nil {
		return err
	}
	for _, c := range others {
		if err := cluster.waitHealthy(ctx, c); err != nil {
			return err
		}
	}
	if real != nil {
		if err := real.furnish(ctx, cluster); err != nil {
			return err
		}
	}
	if err := cluster.waitUsable(ctx); err != nil {
		return err
	}

	for _, p := range group.running {
		r.Components[p.name] = p.pid
	}
	r.Ready = true
	if err := writeFile(i.kubeconfig(), admin, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "control plane %q ready after %.1f s\n", i.name, time.Since(began).Seconds())
	return i.write(r)
}

// createNodes creates the Node objects the user asked for.
func createNodes(ctx context.Context, i instance, options startOptions) error {
	file := options.nodes
	switch file {
	case "none":
		return nil
	case "default":
		file = i.config("nodes.yaml")
		if err := copyManifest("nodes.yaml", file); err != nil {
			return err
		}
	}
	return kubectl(ctx, i, options, "create", "--filename="+file)
}

func kubectl(ctx context.Context, i instance, options startOptions, arguments ...string) error {
	command := exec.CommandContext(ctx, options.programs["kubectl"], append([]string{
		"--kubeconfig=" + i.config("admin.kubeconfig"), "--cache-dir=" + i.path("config", "kubectl-cache")}, arguments...)...)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("kubectl %s: %w\n%s", strings.Join(arguments, " "), err, output)
	}
	return nil
}

// endWithParent ends the context when the parent process does: standard input, if it is a pipe, is closed then, and this
// process gets another parent.
func endWithParent(ctx context.Context, parent int) context.Context {
	ctx, cancel := context.WithCancelCause(ctx)
	if info, err := os.Stdin.Stat(); err == nil && info.Mode()&(os.ModeNamedPipe|os.ModeSocket) != 0 {
		go func() {
			io.Copy(io.Discard, os.Stdin)
			cancel(fmt.Errorf("%w: standard input is closed", errParentEnded))
		}()
	}
	go func() {
		for os.Getppid() == parent {
			time.Sleep(500 * time.Millisecond)
		}
		cancel(errParentEnded)
	}()
	return ctx
}

// endLeftovers ends components whose supervisor was killed. Linux has ended them already, but for what real nodes have
// left on the machine.
func endLeftovers(i instance) error {
	if !isLocked(i.componentsLock()) || waitUnlocked(i.componentsLock(), time.Second) {
		return errors.Join(node.ReleaseAbandoned(), os.RemoveAll(i.path("node")))
	}
	r, err := i.read()
	if err != nil {
		return err
	}
	return endGroup(i, r.ProcessGroup)
}

// end kills all components and removes what they leave.
func (g *processGroup) end() error {
	for _, pid := range g.isolated {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("ending process %d: %w", pid, err)
		}
	}
	err := endGroup(g.instance, g.id)
	for _, release := range g.releases {
		err = errors.Join(err, release())
	}
	return err
}

// endGroup kills the components: what they hold is thrown away, so they need no time to put it in order.
func endGroup(i instance, group int) error {
	if group == 0 {
		return nil
	}
	if err := syscall.Kill(-group, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("ending the processes of group %d: %w", group, err)
	}
	if !waitUnlocked(i.componentsLock(), 10*time.Second) {
		return fmt.Errorf("processes of group %d still run after SIGKILL", group)
	}
	return errors.Join(os.RemoveAll(i.path("etcd")), os.RemoveAll(i.path("node")))
}
