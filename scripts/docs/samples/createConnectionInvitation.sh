curl 'https://external.nectarclimate.com/v2/invitation/company/c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915' \
  --header "X-API-KEY: $NECTAR_API_KEY" \
  --header 'Content-Type: application/json' \
  --data '{
    "allowedEmails": ["facilities@harborstreet.example"],
    "expiresInSeconds": 1209600,
    "maxUses": 1,
    "sendEmail": true,
    "prefill": {
      "url": "https://www.sounderagas.example",
      "utilityTypes": ["GAS"],
      "country": "US"
    }
  }'
