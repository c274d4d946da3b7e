#!/usr/bin/env bash
# Fetch over BiPRO whatever waits: log in, list, fetch each letter as a PDF, and acknowledge what is safely stored.
#
#   PASSWORD=… docs/howto/fetch-letters.sh http://127.0.0.1:8000 LOGIN_ID FOLDER
#
# Needs bash, curl and python3. Ends with 1 and says why if anything is refused.
set -euo pipefail

[ $# = 3 ] && [ -n "${PASSWORD:-}" ] || { echo "usage: PASSWORD=… $0 PORTAL LOGIN_ID FOLDER" >&2; exit 2; }
portal=${1%/} login_id=$2 folder=$3
tokens=$portal/bipro/410_STS/UserPasswordLogin_2.6.1.1.0
shipments=$portal/bipro/430_Transfer/Service_2.6.1.1.0
soap=http://schemas.xmlsoap.org/soap/envelope/
wsse=http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd
trust=http://schemas.xmlsoap.org/ws/2005/02/trust
sc=http://schemas.xmlsoap.org/ws/2005/02/sc
bipro=http://www.bipro.net/namespace

mkdir -p "$folder"
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

escaped() { python3 -c 'import html, sys; print(html.escape(sys.stdin.read(), quote=False), end="")'; }

# Send a header and a body to an address; the answer is in $answer, and a fault ends everything.
send() {
  local status
  status=$(curl --silent --show-error --max-time 120 --output "$answer" --write-out '%{http_code}' \
    --header 'Content-Type: text/xml; charset=utf-8' --data-binary @- "$1" <<XML
<s:Envelope xmlns:s="$soap"><s:Header><w:Security xmlns:w="$wsse">$2</w:Security></s:Header><s:Body>$3</s:Body></s:Envelope>
XML
  )
  if [ "$status" != 200 ] || grep -aq '<nac:StatusID>NOK<' "$answer"; then
    grep -ao '<nac:Text>[^<]*' "$answer" | head -n 1 | sed 's/<nac:Text>/refused: /' >&2
    exit 1
  fi
}

# Call an operation of norm 430 with what it asks for.
call() {
  send "$shipments" "<c:SecurityContextToken xmlns:c=\"$sc\"><c:Identifier>$token</c:Identifier></c:SecurityContextToken>" \
    "<tran:$1 xmlns:tran=\"$bipro/transfer\" xmlns:nac=\"$bipro/nachrichten\"><tran:Request>
       <nac:BiPROVersion>2.6.1.1.0</nac:BiPROVersion><nac:ConsumerID>fetch-letters</nac:ConsumerID>$2
     </tran:Request></tran:$1>"
}

# Write the PDF of an answer (MTOM: parts between boundaries) to a file; nothing is written if there is none.
store() {
  python3 -c '
import pathlib, re, sys
content = pathlib.Path(sys.argv[1]).read_bytes()
boundary = content.split(b"\r\n", 1)[0]
parts = [part.partition(b"\r\n\r\n") for part in content.split(boundary)]
pdfs = [body.removesuffix(b"\r\n") for head, _, body in parts if re.search(rb"(?i)content-type: *application/pdf", head)]
pathlib.Path(sys.argv[2]).write_bytes(pdfs[0]) if pdfs else print("no document:", sys.argv[2])
' "$answer" "$1"
}

send "$tokens" \
  "<w:UsernameToken><w:Username>$(escaped <<<"$login_id")</w:Username><w:Password>$(printf %s "$PASSWORD" | escaped)</w:Password></w:UsernameToken>" \
  "<t:RequestSecurityToken xmlns:t=\"$trust\"><t:TokenType>$sc/sct</t:TokenType><t:RequestType>$trust/Issue</t:RequestType></t:RequestSecurityToken>"
token=$(grep -o '<wsc:Identifier>[^<]*' "$answer" | cut -d '>' -f 2)

call listShipments ''
for id in $(grep -o '<tran:ID>[^<]*' "$answer" | cut -d '>' -f 2); do
  call getShipment "<tran:ID>$id</tran:ID>"
  store "$folder/$id.pdf"
  call acknowledgeShipment "<tran:ID>$id</tran:ID>"
  echo "$id"
done
