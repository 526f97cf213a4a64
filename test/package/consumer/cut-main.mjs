import process from 'node:process';
import * as client from 'nectar-openapi';
import { cut } from './cut.mjs';

await cut(client, { baseUrl: process.argv[2] });
