// Command localplane runs a real Kubernetes control plane in local processes: etcd, API server, controller manager,
// scheduler, and KWOK for nodes. hack/control-plane builds the programs and calls it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"comptroller.dev/hack/tools/localplane/image"
	"comptroller.dev/hack/tools/localplane/node"
)

// errNotRunning is the answer of commands that need a running control plane; the process then exits with code 3.
var errNotRunning = errors.New("not running")

func main() {
	err := run(os.Args[1:])
	switch {
	case err == nil:
	case errors.Is(err, errNotRunning):
		fmt.Fprintf(os.Stderr, "error: %v\n", err)
		os.Exit(3)
	default:
		fmt.Fprintf(os.Stderr, "error: %v\n", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return errors.New("a command is missing: start, stop, restart, status, kubeconfig, import, image or clean")
	}
	command, arguments := arguments[0], arguments[1:]
	if command == nodeCommand {
		return node.Run(arguments[0])
	}
	flags := flag.NewFlagSet("hack/control-plane "+command, flag.ContinueOnError)
	name := flags.String("name", "default", "which control plane")
	dir := flags.String("dir", "", "its folder")

	var restarted string
	if command == "restart" {
		flags.StringVar(&restarted, "component", "", "which component")
	}
	var options startOptions
	programs := programPaths{}
	reference := ""
	switch command {
	case "start", superviseCommand:
		options.programs = programs
		options.register(flags)
		fallthrough
	case "import":
		flags.Var(programs, "program", "NAME=PATH of a program; once for each")
	case "image":
		flags.StringVar(&reference, "tag", "", "the image's full name")
	}
	flags.SetOutput(io.Discard)
	if err := flags.Parse(arguments); err != nil {
		return fmt.Errorf("%w; see hack/control-plane --help", err)
	}
	if flags.NArg() > 0 && command != "import" && command != "image" {
		return fmt.Errorf("%s takes no arguments but got %q", command, flags.Args())
	}
	instance, err := newInstance(*name, *dir)
	if err != nil {
		return err
	}

	switch command {
	case "start":
		if err := options.check(instance); err != nil {
			return err
		}
		if options.foreground {
			return supervise(instance, options, os.Stdout)
		}
		return startInBackground(instance, options, arguments)
	case superviseCommand:
		return superviseInBackground(instance, options)
	case "stop":
		return stop(instance)
	case "restart":
		return restart(instance, restarted, restartTimeout)
	case "status":
		return printStatus(instance, os.Stdout)
	case "kubeconfig":
		return printKubeconfig(instance, os.Stdout)
	case "import":
		return importImages(instance, programs["ctr"], flags.Args())
	case "image":
		if flags.NArg() != 2 {
			return fmt.Errorf("image takes a static program and the file to write, but got %q", flags.Args())
		}
		pinned, err := image.Write(flags.Arg(1), reference, flags.Arg(0))
		if err == nil {
			fmt.Println(pinned)
		}
		return err
	case "clean":
		return clean(instance)
	default:
		return fmt.Errorf("no command is named %q", command)
	}
}

// startOptions are the flags of start.
type startOptions struct {
	foreground bool
	nodes      string
	stages     string
	seconds    int
	parent     int
	programs   programPaths
	realNodeOptions
}

func (o *startOptions) register(flags *flag.FlagSet) {
	flags.BoolVar(&o.foreground, "foreground", false, "stay until interrupted")
	flags.StringVar(&o.nodes, "nodes", "default", "default, none, or a file of Node objects")
	flags.StringVar(&o.stages, "stages", "", "a file of KWOK Stage objects")
	flags.IntVar(&o.seconds, "timeout", 180, "how many seconds starting may take")
	flags.IntVar(&o.parent, "parent-pid", os.Getppid(), "with --foreground, end when this is no longer the parent process")
	o.labels, o.resources = pairs{}, pairs{}
	flags.BoolVar(&o.realNode, "real-node", false, "a node that runs containers")
	flags.Var(&o.images, "import", "an image archive for the real node; once for each")
	flags.Var(o.labels, "node-label", "KEY=VALUE, a label of the real node; once for each")
	flags.Var(o.resources, "node-resource", "NAME=QUANTITY that the real node says it has; once for each")
}

func (o *startOptions) check(i instance) error {
	for _, program := range []string{"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok", "kubectl"} {
		if o.programs[program] == "" {
			return fmt.Errorf("--program %s=PATH is missing; start by hack/control-plane, which knows the paths", program)
		}
	}
	if o.seconds < 1 {
		return fmt.Errorf("--timeout is %d; it must be at least 1 second", o.seconds)
	}
	for flagName, file := range map[string]*string{"--nodes": &o.nodes, "--stages": &o.stages} {
		if *file == "" || flagName == "--nodes" && (*file == "default" || *file == "none") {
			continue
		}
		absolute, err := existingFile(flagName, *file)
		if err != nil {
			return err
		}
		*file = absolute
	}
	return o.realNodeOptions.check(i, o.programs)
}

// existingFile is the absolute path of a file that the user named.
func existingFile(flagName, file string) (string, error) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", flagName, file, err)
	}
	if info, err := os.Stat(absolute); err != nil || info.IsDir() {
		return "", fmt.Errorf("%s %s: there is no such file", flagName, file)
	}
	return absolute, nil
}

func (o *startOptions) timeout() time.Duration { return time.Duration(o.seconds) * time.Second }

// programPaths maps the name of a program to its path.
type programPaths = pairs

// pairs are what a flag NAME=VALUE gives that may come several times.
type pairs map[string]string

func (p pairs) String() string { return "" }

func (p pairs) Set(text string) error {
	name, value, found := strings.Cut(text, "=")
	if !found || name == "" {
		return fmt.Errorf("found %q, want NAME=VALUE", text)
	}
	p[name] = value
	return nil
}

// list are the values of a flag that may come several times.
type list []string

func (l *list) String() string { return "" }

func (l *list) Set(text string) error {
	*l = append(*l, text)
	return nil
}

var instanceName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?$`)

func newInstance(name, dir string) (instance, error) {
	if !instanceName.MatchString(name) {
		return instance{}, fmt.Errorf("--name is %q; it must consist of lower case letters, digits and '-', at most 42", name)
	}
	if dir == "" {
		stateHome := os.Getenv("XDG_STATE_HOME")
		if stateHome == "" {
			home, err := os.UserHomeDir()
			if err != nil {
				return instance{}, err
			}
			stateHome = filepath.Join(home, ".local", "state")
		}
		dir = filepath.Join(stateHome, "comptroller", name)
	}
	absolute, err := filepath.Abs(dir)
	return instance{name: name, dir: absolute}, err
}
