#!/usr/bin/env bash
# Makes an authority and one certificate for all servers of docker-compose.yml: deploy/certificates.sh [DIRECTORY] [MORE_NAMES...]
# A name may be an IP address. An authority that is there is used again, so that servers and clients go on trusting it.
set -euo pipefail
directory=${1:-"$(dirname "$0")/certificates"}
names=(kurrentdb kurrentdb-1 kurrentdb-2 kurrentdb-3 localhost 127.0.0.1 "${@:2}")
days=3650

subjects=()
for name in "${names[@]}"; do
  # an address of version 6 has colons, one of version 4 nothing but digits and dots
  if [[ $name == *:* || $name != *[!0-9.]* ]]; then kind=IP; else kind=DNS; fi
  subjects+=("$kind:$name")
done

mkdir -p "$directory/authority" "$directory/ca" "$directory/node"
cd "$directory"
if [ ! -e authority/ca.key ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -days "$days" -keyout authority/ca.key -out ca/ca.crt -subj /CN=slipway-authority \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
fi
# The servers know each other by this common name.
openssl req -newkey rsa:2048 -nodes -keyout node/node.key -out authority/node.csr -subj /CN=eventstoredb-node 2>/dev/null
printf '%s\n' basicConstraints=CA:FALSE keyUsage=critical,digitalSignature,keyEncipherment \
  extendedKeyUsage=serverAuth,clientAuth "subjectAltName=$(IFS=,; echo "${subjects[*]}")" >authority/node.cnf
openssl x509 -req -in authority/node.csr -CA ca/ca.crt -CAkey authority/ca.key -CAserial authority/ca.srl -CAcreateserial -days "$days" -sha256 -extfile authority/node.cnf \
  -out node/node.crt 2>/dev/null
rm authority/node.csr authority/node.cnf
chmod 600 authority/ca.key node/node.key
echo "Made $directory/node/node.crt for ${names[*]}."
if [ "$(id -u)" != 1000 ]; then
  echo "The server of the image runs as user 1000 and must be able to read the key: sudo chown 1000 $directory/node/node.key"
fi
