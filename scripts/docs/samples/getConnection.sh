curl 'https://external.nectarclimate.com/v2/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36/details' \
  --header "X-API-KEY: $NECTAR_API_KEY"
