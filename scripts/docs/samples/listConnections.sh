curl 'https://external.nectarclimate.com/v2/connection/company/c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915?status=PASSWORD_INCORRECT&limit=500' \
  --header "X-API-KEY: $NECTAR_API_KEY"
