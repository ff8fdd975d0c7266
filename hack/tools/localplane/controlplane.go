package main

import (
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"strconv"
)

//go:embed manifests
var manifests embed.FS

// site is where a control plane can be reached.
type site struct {
	ports
	host     netip.Addr   // the address of the API server
	services netip.Prefix // the addresses of Services
}

// localSite is a control plane that only this machine reaches, and whose Services nobody does.
func localSite(p ports) site {
	return site{ports: p, host: loopback, services: netip.MustParsePrefix("10.0.0.0/24")}
}

var loopback = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// serviceAddress is the first of the addresses of Services, which the API server takes for itself.
func (s site) serviceAddress() netip.Addr { return s.services.Masked().Addr().Next() }

func (s site) serverURL() string {
	return "https://" + netip.AddrPortFrom(s.host, uint16(s.server)).String()
}

// ports are where the components listen; all but the API server on 127.0.0.1 only.
type ports struct {
	etcd, etcdPeer, server, controllerManager, scheduler int
}

// freePorts picks ports that nothing listens on, below the range that systems give to outgoing connections, where another
// process could take one before the component does.
func freePorts() (ports, error) {
	taken := map[int]bool{}
	pick := func() (int, error) {
		for range 200 {
			port := 20000 + rand.IntN(10000)
			listener, err := net.Listen("tcp", address(port))
			if err != nil || taken[port] {
				continue
			}
			taken[port] = true
			return port, listener.Close()
		}
		return 0, fmt.Errorf("no free port between 20000 and 30000 on 127.0.0.1")
	}
	var p ports
	for _, port := range []*int{&p.etcd, &p.etcdPeer, &p.server, &p.controllerManager, &p.scheduler} {
		free, err := pick()
		if err != nil {
			return p, err
		}
		*port = free
	}
	return p, nil
}

func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// writeConfiguration makes certificates, kubeconfigs and configuration files. The kubeconfig for users is written last,
// when the control plane is ready: see publish.
func writeConfiguration(i instance, ca *authority, s site, stages string) (admin []byte, err error) {
	names := []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"}
	if err := ca.server("server", names, []net.IP{loopback.AsSlice(), net.IPv6loopback, s.host.AsSlice(), s.serviceAddress().AsSlice()}); err != nil {
		return nil, err
	}
	if err := ca.serviceAccountKeys("service-account"); err != nil {
		return nil, err
	}
	for file, user := range map[string]string{
		"controller-manager": "system:kube-controller-manager",
		"scheduler":          "system:kube-scheduler",
		"kwok":               "kwok",
	} {
		var groups []string
		if user == "kwok" { // it does the work of all nodes, for which there is no ready-made role
			groups = []string{"system:masters"}
		}
		if _, err := writeKubeconfig(i, ca, s, file, user, groups...); err != nil {
			return nil, err
		}
	}
	admin, err = writeKubeconfig(i, ca, s, "admin", "kubernetes-admin", "system:masters")
	if err != nil {
		return nil, err
	}
	if _, err := ca.client("kubelet-client", "kube-apiserver-kubelet-client", "system:masters"); err != nil {
		return nil, err
	}
	if err := writeWebhookCredentials(i, ca); err != nil {
		return nil, err
	}
	if err := copyManifest("audit-policy.yaml", i.config("audit-policy.yaml")); err != nil {
		return nil, err
	}
	if stages == "" {
		return admin, copyManifest("stages.yaml", i.config("stages.yaml"))
	}
	content, err := os.ReadFile(stages)
	if err != nil {
		return nil, err
	}
	return admin, writeFile(i.config("stages.yaml"), content, 0o600)
}

// writeKubeconfig makes a client certificate and writes a kubeconfig with it, both named by file.
func writeKubeconfig(i instance, ca *authority, s site, file, user string, groups ...string) ([]byte, error) {
	client, err := ca.client(file, user, groups...)
	if err != nil {
		return nil, err
	}
	content := kubeconfig("comptroller-"+i.name, user, s.serverURL(), ca.pem, client)
	return content, writeFile(i.config(file+".kubeconfig"), content, 0o600)
}

// writeWebhookCredentials has the API server show a client certificate to admission webhooks, so that one which asks for
// it (by the authority pki/ca.crt) can be tried.
func writeWebhookCredentials(i instance, ca *authority) error {
	client, err := ca.client("webhook-client", "kube-apiserver-webhook-client")
	if err != nil {
		return err
	}
	encoded := base64.StdEncoding.EncodeToString
	credentialsFile, err := json.Marshal(map[string]any{
		"apiVersion": "v1",
		"kind":       "Config",
		"users": []any{named("*", "user", map[string]any{
			"client-certificate-data": encoded(client.certificate),
			"client-key-data":         encoded(client.key),
		})},
	})
	if err != nil {
		return err
	}
	if err := writeFile(i.config("webhook-client.kubeconfig"), credentialsFile, 0o600); err != nil {
		return err
	}
	plugin := func(name string) map[string]any {
		return map[string]any{"name": name, "configuration": map[string]any{
			"apiVersion":     "apiserver.config.k8s.io/v1",
			"kind":           "WebhookAdmissionConfiguration",
			"kubeConfigFile": i.config("webhook-client.kubeconfig"),
		}}
	}
	admission, err := json.MarshalIndent(map[string]any{
		"apiVersion": "apiserver.config.k8s.io/v1",
		"kind":       "AdmissionConfiguration",
		"plugins":    []any{plugin("ValidatingAdmissionWebhook"), plugin("MutatingAdmissionWebhook")},
	}, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(i.config("admission.json"), admission, 0o600)
}

func copyManifest(name, target string) error {
	content, err := manifests.ReadFile("manifests/" + name)
	if err != nil {
		return err
	}
	return writeFile(target, content, 0o600)
}

func etcd(i instance, p ports) component {
	client, peer := "http://"+address(p.etcd), "http://"+address(p.etcdPeer)
	return component{name: "etcd", health: client + "/readyz", arguments: []string{
		"--name=default",
		"--data-dir=" + i.path("etcd"),
		"--listen-client-urls=" + client,
		"--advertise-client-urls=" + client,
		"--listen-peer-urls=" + peer,
		"--initial-advertise-peer-urls=" + peer,
		"--initial-cluster=default=" + peer,
		"--unsafe-no-fsync", // the data does not outlive the process
	}}
}

func apiServer(i instance, s site) component {
	reconciler := "lease"
	if s.host.IsLoopback() {
		reconciler = "none" // the kubernetes Service may not point to a loopback address
	}
	return component{name: "kube-apiserver", health: s.serverURL() + "/readyz", arguments: []string{
		"--etcd-servers=http://" + address(s.etcd),
		"--bind-address=" + s.host.String(),
		"--secure-port=" + strconv.Itoa(s.server),
		"--advertise-address=" + s.host.String(),
		"--endpoint-reconciler-type=" + reconciler,
		"--tls-cert-file=" + i.pki("server.crt"),
		"--tls-private-key-file=" + i.pki("server.key"),
		"--client-ca-file=" + i.pki("ca.crt"),
		// Nobody holds a certificate of this name; without the flags the components complain without end.
		"--requestheader-client-ca-file=" + i.pki("ca.crt"),
		"--requestheader-allowed-names=front-proxy-client",
		"--requestheader-username-headers=X-Remote-User",
		"--requestheader-group-headers=X-Remote-Group",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
		"--service-account-key-file=" + i.pki("service-account.pub"),
		"--service-account-signing-key-file=" + i.pki("service-account.key"),
		"--service-cluster-ip-range=" + s.services.String(),
		"--authorization-mode=Node,RBAC",
		"--enable-admission-plugins=NodeRestriction",
		"--admission-control-config-file=" + i.config("admission.json"),
		"--allow-privileged",
		"--kubelet-preferred-address-types=InternalIP",
		"--kubelet-certificate-authority=" + i.pki("ca.crt"),
		"--kubelet-client-certificate=" + i.pki("kubelet-client.crt"),
		"--kubelet-client-key=" + i.pki("kubelet-client.key"),
		"--audit-policy-file=" + i.config("audit-policy.yaml"),
		"--audit-log-path=" + i.path("audit.log"),
		"--audit-log-maxsize=100000", // megabytes: tests and benchmarks read all of it
	}}
}

func controllerManager(i instance, p ports) component {
	return component{name: "kube-controller-manager", health: "https://" + address(p.controllerManager) + "/healthz",
		arguments: append(delegated(i, "controller-manager", p.controllerManager),
			"--service-account-private-key-file="+i.pki("service-account.key"),
			"--root-ca-file="+i.pki("ca.crt"),
			"--node-monitor-grace-period=24h", // played nodes never fail; on a busy machine their heartbeats only come late
			"--use-service-account-credentials",
		)}
}

func scheduler(i instance, p ports) component {
	return component{name: "kube-scheduler", health: "https://" + address(p.scheduler) + "/healthz",
		arguments: delegated(i, "scheduler", p.scheduler)}
}

// delegated are the flags of a component that serves by the shared certificate and asks the API server who calls it.
func delegated(i instance, name string, port int) []string {
	config := i.config(name + ".kubeconfig")
	return []string{
		"--kubeconfig=" + config,
		"--authentication-kubeconfig=" + config,
		"--authorization-kubeconfig=" + config,
		"--bind-address=127.0.0.1",
		"--secure-port=" + strconv.Itoa(port),
		"--tls-cert-file=" + i.pki("server.crt"),
		"--tls-private-key-file=" + i.pki("server.key"),
		"--leader-elect=false",
		"--kube-api-qps=500", // the default, meant for shared API servers, makes starting and tests seconds slower
		"--kube-api-burst=1000",
	}
}

func kwok(i instance) component {
	return component{name: "kwok", arguments: []string{
		"--kubeconfig=" + i.config("kwok.kubeconfig"),
		"--config=" + i.config("stages.yaml"),
		"--cidr=10.244.0.0/16", // outside the addresses of Services and real pods
		"--manage-nodes-with-label-selector=" + realNodeLabel + "!=true",
	}}
}
