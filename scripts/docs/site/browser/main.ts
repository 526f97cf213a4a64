import { breakAddresses } from './addresses.ts';
import { followColors } from './colors.ts';
import { offerCopies } from './copy.ts';
import { followHeadings } from './headings.ts';
import { followMenu } from './menu.ts';
import { followReference } from './reference.ts';
import { offerSearch } from './search.ts';
import { followTabs } from './tabs.ts';

followColors();
followMenu();
offerCopies();
followTabs();
breakAddresses(document.querySelectorAll('.showcase .string'));
followHeadings();
offerSearch();
if (document.body.classList.contains('reference')) followReference();
