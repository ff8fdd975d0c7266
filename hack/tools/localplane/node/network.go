package node

import (
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// networks is how many real nodes can run on one machine at a time.
const networks = 16

// Network is the part of the machine that one real node uses: a link between the machine and the node, an address range
// behind it, and a group of control groups. Its number tells all of it, so that several nodes do not meet.
type Network struct {
	Number int `json:"number"`
}

// Range holds all other addresses. It keeps clear of 10.0.0.0/24 and 10.244.0.0/16, which the played nodes use.
func (n Network) Range() netip.Prefix { return n.prefix(0, 16) }

// Host is the machine's own address on the link. The API server listens there.
func (n Network) Host() netip.Addr { return n.address(0, 1) }

// Node is the node's address on the link.
func (n Network) Node() netip.Addr { return n.address(0, 2) }

// Pods are the addresses of pods.
func (n Network) Pods() netip.Prefix { return n.prefix(1, 24) }

// Services are the addresses of Services; the first is the API server's.
func (n Network) Services() netip.Prefix { return n.prefix(2, 24) }

// DNS is the address of the cluster's DNS Service.
func (n Network) DNS() netip.Addr { return n.address(2, 10) }

// Link is the name of the machine's end of the link.
func (n Network) Link() string { return fmt.Sprintf("comptroller%d", n.Number) }

// nodeLink is the node's end of the link while it is still on the machine.
func (n Network) nodeLink() string { return n.Link() + "n" }

func (n Network) prefix(third byte, bits int) netip.Prefix {
	return netip.PrefixFrom(n.address(third, 0), bits)
}

func (n Network) address(third, fourth byte) netip.Addr {
	return netip.AddrFrom4([4]byte{10, 224 + byte(n.Number), third, fourth})
}

// lockPath is a file that is locked while the network is used. Whatever is there of a network whose file nobody locks was
// left by a killed process.
func (n Network) lockPath() string { return filepath.Join("/run/lock", n.Link()+".lock") }

// Claim is a network that this process uses.
type Claim struct {
	Network
	lock *os.File
}

// ClaimNetwork takes a network that is free and makes the link, both ends of it on the machine. Release gives it back.
func ClaimNetwork() (*Claim, error) {
	var reasons []string
	for number := range networks {
		network := Network{Number: number}
		lock, err := lockFree(network)
		if err != nil {
			return nil, err
		}
		if lock == nil {
			reasons = append(reasons, network.Range().String()+": a real node uses it")
			continue
		}
		claim := &Claim{Network: network, lock: lock}
		if err := claim.occupy(); err != nil {
			reasons = append(reasons, err.Error())
			lock.Close()
			continue
		}
		return claim, nil
	}
	return nil, fmt.Errorf("no address range is left for a real node:\n  %s", strings.Join(reasons, "\n  "))
}

// occupy makes the link, after checking that the machine uses the address range for nothing else.
func (c *Claim) occupy() error {
	if err := c.removeLeftovers(); err != nil {
		return err
	}
	routes, err := ip("route", "show", "root", c.Range().String())
	if err != nil {
		return err
	}
	if routes = strings.TrimSpace(routes); routes != "" {
		return fmt.Errorf("%s: the machine has the route %q", c.Range(), strings.SplitN(routes, "\n", 2)[0])
	}
	for _, arguments := range [][]string{
		{"link", "add", c.Link(), "type", "veth", "peer", "name", c.nodeLink()},
		{"address", "add", c.Host().String() + "/30", "dev", c.Link()},
		{"link", "set", c.Link(), "up"},
		{"route", "add", c.Range().String(), "via", c.Node().String(), "dev", c.Link()},
	} {
		if _, err := ip(arguments...); err != nil {
			c.removeLink()
			return err
		}
	}
	return nil
}

// Connect gives the node's end of the link to the network namespace of a process.
func (c *Claim) Connect(pid int) error {
	_, err := ip("link", "set", c.nodeLink(), "netns", fmt.Sprint(pid), "name", nodeInterface)
	return err
}

// Release removes what the node leaves on the machine after its processes have ended, and gives the network back.
func (c *Claim) Release() error {
	defer c.lock.Close()
	return c.removeLeftovers()
}

// ReleaseAbandoned removes what real nodes left whose supervisors were killed.
func ReleaseAbandoned() error {
	for number := range networks {
		network := Network{Number: number}
		if _, err := os.Stat(network.lockPath()); err != nil {
			continue // never used
		}
		lock, err := lockFree(network)
		if err != nil {
			return err
		}
		if lock == nil {
			continue
		}
		err = network.removeLeftovers()
		lock.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// lockFree locks the network for this process; nil when another process has it.
func lockFree(n Network) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(n.lockPath()), 0o755); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(n.lockPath(), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		lock.Close()
		if err == syscall.EWOULDBLOCK {
			return nil, nil
		}
		return nil, fmt.Errorf("locking %s: %w", n.lockPath(), err)
	}
	return lock, nil
}

func (n Network) removeLeftovers() error {
	if err := n.removeLink(); err != nil {
		return err
	}
	return removeControlGroups(n.ControlGroup())
}

func (n Network) removeLink() error {
	if _, err := os.Stat("/sys/class/net/" + n.Link()); err != nil {
		return nil
	}
	if _, err := ip("link", "delete", n.Link()); err != nil {
		if _, gone := os.Stat("/sys/class/net/" + n.Link()); gone != nil {
			return nil // it went with the node's end
		}
		return err
	}
	return nil
}

// ip runs the program of that name and returns its output.
func ip(arguments ...string) (string, error) {
	output, err := exec.Command("ip", arguments...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("ip %s: %w: %s", strings.Join(arguments, " "), err, strings.TrimSpace(string(output)))
	}
	return string(output), nil
}
