// Package nats has the servers of a rendezvous speak to each other over NATS,
// so that any number of them behind one address are one. It uses plain
// publishing: nothing is stored, and no message holds what a server could read
// (calls are sealed). Who can publish there can send guests astray, though:
// keep strangers from the cluster.
package nats
