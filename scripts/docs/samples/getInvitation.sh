curl 'https://external.nectarclimate.com/v2/invitation/e5b8d1a4-6c2f-4f97-a0d3-91c47e2b5f68' \
  --header "X-API-KEY: $NECTAR_API_KEY"
