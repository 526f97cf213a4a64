curl 'https://external.nectarclimate.com/v2/invitation/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36' \
  --header "X-API-KEY: $NECTAR_API_KEY" \
  --header 'Content-Type: application/json' \
  --data '{
    "allowedEmails": ["dana.reyes@harborstreet.example"],
    "maxUses": 1
  }'
