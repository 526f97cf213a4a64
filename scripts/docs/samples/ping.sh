curl 'https://external.nectarclimate.com/v2/ping' \
  --header "X-API-KEY: $NECTAR_API_KEY"
