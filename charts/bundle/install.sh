#!/bin/sh
# Brings Solo from this folder into a cluster that reaches no registry. Nothing is downloaded.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

usage() {
  cat <<TEXT
usage: $0 COMMAND
  check                 compares every file with SHA256SUMS
  k3s [single-node]     on a k3s server: image and manifest into k3s' folders, from which it starts Solo by itself;
                        single-node for a cluster of one node, whose volumes can grow then
  k3s-agent             on every other k3s node: the image only
  ctr                   on every node of another cluster: the image into containerd; then apply manifests/ or install charts/
  push REPOSITORY[:TAG] the image to your registry with skopeo; then install charts/ with image.repository set to it
Set DESTDIR to write below another root (k3s), CONTAINERD_ADDRESS for another containerd socket (ctr).
TEXT
  exit 2
}

check() {
  wrong=$(cd "$here" && sha256sum --check --quiet SHA256SUMS 2>&1) && return
  wrong=$(echo "$wrong" | sed -n 's/: FAILED.*//p' | tr '\n' ' ')
  echo "$0: the bundle is damaged and nothing was done, not as it was made: ${wrong:-SHA256SUMS}" >&2
  exit 1
}

image=$(echo "$here"/images/*.tar)
k3s=${DESTDIR:-}/var/lib/rancher/k3s

# A name that the reader does not look for until the whole file is there.
put() { mkdir -p "$2" && cp "$1" "$2/.part-$(basename "$1")" && mv "$2/.part-$(basename "$1")" "$2/${3:-$(basename "$1")}"; }

case "${1:-}" in
  check) check; echo "every file is as it was made" ;;
  k3s)
    check
    case "${2:-}" in
      '') manifest=solo.yaml ;;
      single-node) manifest=solo-single-node.yaml ;;
      *) usage ;;
    esac
    put "$image" "$k3s/agent/images"
    put "$here/manifests/$manifest" "$k3s/server/manifests" solo.yaml
    echo "k3s imports the image when it starts: systemctl restart k3s"
    ;;
  k3s-agent)
    check
    put "$image" "$k3s/agent/images"
    echo "k3s imports the image when it starts: systemctl restart k3s-agent"
    ;;
  ctr)
    check
    ctr --address "${CONTAINERD_ADDRESS:-/run/containerd/containerd.sock}" --namespace k8s.io images import "$image"
    ;;
  push)
    [ -n "${2:-}" ] || usage
    check
    skopeo copy --all "oci-archive:$image" "docker://$2"
    ;;
  *) usage ;;
esac
