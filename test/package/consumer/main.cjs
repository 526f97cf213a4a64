const process = require('node:process');
const client = require('nectar-openapi');
const webhooks = require('nectar-openapi/webhooks');
const { smoke } = require('./smoke.mjs');

smoke(client, webhooks, { baseUrl: process.argv[2] }).then(() => console.log('It works.'));
