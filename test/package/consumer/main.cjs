const process = require('node:process');
const client = require('nectar-openapi');
const sandboxes = require('nectar-openapi/sandbox');
const webhooks = require('nectar-openapi/webhooks');
const { recover } = require('./sandbox.mjs');
const { smoke } = require('./smoke.mjs');

smoke(client, webhooks, { baseUrl: process.argv[2] })
  .then(() => recover(client, sandboxes))
  .then(() => console.log('It works.'));
