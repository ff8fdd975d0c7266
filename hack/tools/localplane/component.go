package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// component is one program of the control plane.
type component struct {
	name      string
	arguments []string
	health    string // URL that answers 200 when the component is ready; empty when it has none
	isolated  bool   // in namespaces of its own, see isolatedAttributes
}

// process is a component that has been started.
type process struct {
	component
	pid int
	log string
}

// processGroup starts components so that one signal reaches all, and reports those that end.
type processGroup struct {
	programs programPaths
	instance instance
	lock     *os.File       // inherited by every component, see tryLock
	id       int            // 0 until the first component runs
	isolated []int          // processes that cannot be in the group, because their namespaces do not know it
	releases []func() error // what to do when all have ended
	running  []*process
	ended    chan error
	restarts chan component // those that ended because somebody asked for a restart
}

// start runs a component, its output going to its log. It must be called from the main thread: Linux ends a component
// when the thread that started it does.
func (g *processGroup) start(c component) (*process, error) {
	logPath := g.instance.log(c.name)
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	command := exec.Command(g.programs[c.name], c.arguments...)
	command.Dir = g.instance.dir
	command.Stdout, command.Stderr = log, log
	command.ExtraFiles = []*os.File{g.lock}
	command.SysProcAttr = componentAttributes(g.id)
	if c.isolated {
		command.SysProcAttr = isolatedAttributes()
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", c.name, err)
	}
	started := &process{component: c, pid: command.Process.Pid, log: logPath}
	switch {
	case c.isolated:
		g.isolated = append(g.isolated, started.pid)
	case g.id == 0:
		g.id = started.pid
	}
	g.running = append(g.running, started)
	go func() {
		state, _ := command.Process.Wait()
		if os.Remove(g.instance.restartRequest(c.name)) == nil {
			g.restarts <- c
			return
		}
		g.ended <- fmt.Errorf("%s ended (%v); the end of its log %s:\n%s", c.name, state, logPath, tail(logPath, 20))
	}()
	return started, nil
}

// tail returns the last lines of a file, indented.
func tail(path string, lines int) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return "  " + err.Error()
	}
	all := strings.Split(string(bytes.TrimSpace(content)), "\n")
	return "  " + strings.Join(all[max(0, len(all)-lines):], "\n  ")
}
