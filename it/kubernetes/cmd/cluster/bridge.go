package main

import (
	"crypto/rand"
	"errors"
	"net"

	"github.com/vishvananda/netlink"
)

// addBridge makes the bridge that pods are attached to. Its address is also the node's: the kubelet takes no loopback
// address, and this one is there on a laptop without a network.
func addBridge(name, address string) error {
	parsed, err := netlink.ParseAddr(address)
	if err != nil {
		return err
	}
	attributes := netlink.NewLinkAttrs()
	attributes.Name = name
	// Given, because a bridge without one changes it with each pod, and neighbours must learn it anew.
	if attributes.HardwareAddr, err = localMac(); err != nil {
		return err
	}
	bridge := &netlink.Bridge{LinkAttrs: attributes}
	if err := netlink.LinkAdd(bridge); err != nil {
		return err
	}
	if err := netlink.AddrAdd(bridge, parsed); err != nil {
		return err
	}
	return netlink.LinkSetUp(bridge)
}

// removeBridge is happy when there is none. The pods' ends are gone with their namespaces.
func removeBridge(name string) error {
	bridge, err := netlink.LinkByName(name)
	if errors.As(err, &netlink.LinkNotFoundError{}) {
		return nil
	}
	if err != nil {
		return err
	}
	return netlink.LinkDel(bridge)
}

func localMac() (net.HardwareAddr, error) {
	mac := make(net.HardwareAddr, 6)
	_, err := rand.Read(mac)
	mac[0] = mac[0]&0xfe | 0x02 // unicast, locally administered
	return mac, err
}
