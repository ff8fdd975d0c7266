package main

import (
	"bufio"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The test binary plays two programs of its own: a component that runs for ever, and a supervisor of one.
func TestMain(m *testing.M) {
	switch os.Getenv("LOCALPLANE_TEST_ROLE") {
	case "component":
		time.Sleep(time.Hour)
	case "supervisor":
		i := instance{name: "test", dir: os.Getenv("LOCALPLANE_TEST_DIR")}
		os.Setenv("LOCALPLANE_TEST_ROLE", "component")
		startForEver(i)
	default:
		os.Exit(m.Run())
	}
}

func startForEver(i instance) {
	if _, err := claim(i); err != nil {
		panic(err)
	}
	if err := i.prepare(); err != nil {
		panic(err)
	}
	lock, _, err := tryLock(i.componentsLock())
	if err != nil {
		panic(err)
	}
	group := &processGroup{programs: programPaths{"component": os.Args[0]}, instance: i, lock: lock, ended: make(chan error, 1)}
	started, err := group.start(component{name: "component"})
	if err != nil {
		panic(err)
	}
	if err := i.write(record{Name: i.name, SupervisorPID: os.Getpid(), ProcessGroup: group.id, Ready: true,
		Components: map[string]int{"component": started.pid}}); err != nil {
		panic(err)
	}
	os.Stdout.WriteString("ready\n")
	time.Sleep(time.Hour)
}

func startSupervisor(t *testing.T) (instance, *exec.Cmd) {
	t.Helper()
	i := instance{name: "test", dir: t.TempDir()}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "LOCALPLANE_TEST_ROLE=supervisor", "LOCALPLANE_TEST_DIR="+i.dir)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { command.Process.Kill(); command.Wait() })
	if line, err := bufio.NewReader(output).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("the supervisor said %q, %v", line, err)
	}
	return i, command
}

func TestNothingIsLeftWhenTheSupervisorIsKilled(t *testing.T) {
	i, supervisor := startSupervisor(t)
	if !isLocked(i.componentsLock()) {
		t.Fatal("the component does not hold the lock that tells it is alive")
	}

	supervisor.Process.Kill()
	supervisor.Wait()
	if runtime.GOOS != "linux" { // elsewhere the next start or stop does it
		if err := endLeftovers(i); err != nil {
			t.Fatal(err)
		}
	}

	if !waitUnlocked(i.componentsLock(), 5*time.Second) {
		t.Error("a component outlived its supervisor")
	}
}

func TestStopEndsSupervisorAndComponents(t *testing.T) {
	i, supervisor := startSupervisor(t)
	go supervisor.Wait()

	if err := stop(i); err != nil {
		t.Fatal(err)
	}

	r, err := i.read()
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(r.SupervisorPID, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the supervisor still runs: %v", err)
	}
	if isLocked(i.componentsLock()) {
		t.Error("a component still runs")
	}
	if _, err := runningRecord(i); !errors.Is(err, errNotRunning) {
		t.Errorf("found %v, want that it is not running", err)
	}
}

func TestASecondStartOfARunningControlPlaneIsRefused(t *testing.T) {
	i, _ := startSupervisor(t)

	_, err := claim(i)

	if err == nil || !strings.Contains(err.Error(), "already runs") {
		t.Errorf("found %v, want a refusal that says it already runs", err)
	}
}

func TestARunningControlPlaneIsNotCleaned(t *testing.T) {
	i, _ := startSupervisor(t)

	if err := clean(i); err == nil {
		t.Error("clean removed the folder of a running control plane")
	}
}

func TestFilesOfOthersAreNeverRemoved(t *testing.T) {
	i := instance{name: "test", dir: t.TempDir()}
	foreign := i.path("logs", "precious.txt")
	os.Mkdir(filepath.Dir(foreign), 0o700)
	os.WriteFile(foreign, []byte("keep"), 0o600)

	_, claimed := claim(i)
	cleaned := clean(i)

	if claimed == nil || cleaned == nil {
		t.Errorf("start said %v and clean said %v, want refusals", claimed, cleaned)
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
}

func TestTheLogOfAComponentThatEndsIsInTheError(t *testing.T) {
	i := instance{name: "test", dir: t.TempDir()}
	if err := i.prepare(); err != nil {
		t.Fatal(err)
	}
	lock, _, err := tryLock(i.componentsLock())
	if err != nil {
		t.Fatal(err)
	}
	group := &processGroup{programs: programPaths{"etcd": "/bin/sh"}, instance: i, lock: lock, ended: make(chan error, 1)}

	if _, err := group.start(component{name: "etcd", arguments: []string{"-c", "echo no space left; exit 4"}}); err != nil {
		t.Fatal(err)
	}

	message := (<-group.ended).Error()
	for _, part := range []string{"etcd", "exit status 4", "no space left", i.log("etcd")} {
		if !strings.Contains(message, part) {
			t.Errorf("%q does not mention %q", message, part)
		}
	}
}

func TestAComponentThatIsToBeRestartedDoesNotEndTheOthers(t *testing.T) {
	i := instance{name: "test", dir: t.TempDir()}
	if err := i.prepare(); err != nil {
		t.Fatal(err)
	}
	lock, _, err := tryLock(i.componentsLock())
	if err != nil {
		t.Fatal(err)
	}
	group := &processGroup{programs: programPaths{"etcd": "/bin/sh"}, instance: i, lock: lock,
		ended: make(chan error, 1), restarts: make(chan component, 1)}
	os.WriteFile(i.restartRequest("etcd"), nil, 0o600)

	if _, err := group.start(component{name: "etcd", arguments: []string{"-c", "exit 1"}}); err != nil {
		t.Fatal(err)
	}

	select {
	case c := <-group.restarts:
		if c.name != "etcd" {
			t.Errorf("found %q, want etcd", c.name)
		}
	case err := <-group.ended:
		t.Errorf("the control plane would end: %v", err)
	}
	if _, err := os.Stat(i.restartRequest("etcd")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the request is still there, so that a crash would count as a restart: %v", err)
	}
}

func TestOnlyWhatRunsIsRestarted(t *testing.T) {
	i, _ := startSupervisor(t)

	err := restart(i, "etdc", time.Second)

	if err == nil || !strings.Contains(err.Error(), `"etdc"`) || !strings.Contains(err.Error(), "component") {
		t.Errorf("found %v, want a refusal that names the components", err)
	}
}

func TestPortsAreDistinctAndCanBeListenedOn(t *testing.T) {
	p, err := freePorts()
	if err != nil {
		t.Fatal(err)
	}
	for _, port := range []int{p.etcd, p.etcdPeer, p.server, p.controllerManager, p.scheduler} {
		listener, err := net.Listen("tcp", address(port))
		if err != nil {
			t.Errorf("port %d: %v", port, err)
			continue
		}
		defer listener.Close()
	}
}

func TestServingCertificateIsTrustedForTheAddressOfTheAPIServer(t *testing.T) {
	i := instance{name: "test", dir: t.TempDir()}
	if err := i.prepare(); err != nil {
		t.Fatal(err)
	}
	ca, err := newAuthority(i.path("pki"), i.name)
	if err != nil {
		t.Fatal(err)
	}
	site := site{ports: ports{server: 20443}, host: netip.MustParseAddr("10.224.0.1"), services: netip.MustParsePrefix("10.224.2.0/24")}
	if _, err := writeConfiguration(i, ca, site, ""); err != nil {
		t.Fatal(err)
	}

	roots := x509.NewCertPool()
	roots.AddCert(readCertificate(t, i.pki("ca.crt")))
	server := readCertificate(t, i.pki("server.crt"))
	for _, name := range []string{"127.0.0.1", "localhost", "kubernetes.default.svc", "10.224.0.1", "10.224.2.1"} {
		if _, err := server.Verify(x509.VerifyOptions{Roots: roots, DNSName: name}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKubeconfigHoldsAnRSAKeyInPKCS8(t *testing.T) {
	i := instance{name: "test", dir: t.TempDir()}
	if err := i.prepare(); err != nil {
		t.Fatal(err)
	}
	ca, err := newAuthority(i.path("pki"), i.name)
	if err != nil {
		t.Fatal(err)
	}
	admin, err := writeConfiguration(i, ca, localSite(ports{server: 20443}), "")
	if err != nil {
		t.Fatal(err)
	}

	var content struct {
		Users []struct {
			User struct {
				Key []byte `json:"client-key-data"`
			}
		}
	}
	if err := json.Unmarshal(admin, &content); err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(content.Users[0].User.Key)
	if block == nil || block.Type != "PRIVATE KEY" {
		t.Fatalf("found %v, want PKCS#8", block)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if _, isRSA := key.(*rsa.PrivateKey); !isRSA {
		t.Errorf("found %T, %v", key, err)
	}
}

func TestNodesAreReadyOnlyWithoutTheTaintOfANewNode(t *testing.T) {
	for _, example := range []struct {
		nodes string
		want  bool
	}{
		{`{"items": []}`, true},
		{`{"items": [{"status": {"conditions": [{"type": "Ready", "status": "True"}]}}]}`, true},
		{`{"items": [{"status": {"conditions": [{"type": "Ready", "status": "Unknown"}]}}]}`, false},
		{`{"items": [{"spec": {"taints": [{"key": "node.kubernetes.io/not-ready"}]},
			"status": {"conditions": [{"type": "Ready", "status": "True"}]}}]}`, false},
		{`{"items": [{"spec": {"taints": [{"key": "nvidia.com/gpu"}]},
			"status": {"conditions": [{"type": "Ready", "status": "True"}]}}]}`, true},
	} {
		var nodes nodeList
		if err := json.Unmarshal([]byte(example.nodes), &nodes); err != nil {
			t.Fatal(err)
		}
		if got := nodes.ready(); got != example.want {
			t.Errorf("%s: found %v, want %v", example.nodes, got, example.want)
		}
	}
}

func TestNamesThatAreNoFolderNamesAreRefused(t *testing.T) {
	for _, name := range []string{"", "..", "a/b", "Upper", "-x", strings.Repeat("a", 43)} {
		if _, err := newInstance(name, t.TempDir()); err == nil {
			t.Errorf("%q was taken", name)
		}
	}
}

func readCertificate(t *testing.T, path string) *x509.Certificate {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(content)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}
