import { breakAddresses } from './addresses.ts';
import { setUpColors } from './colors.ts';
import { setUpCopyButtons } from './copy.ts';
import { setUpHeadings } from './headings.ts';
import { setUpMenu } from './menu.ts';
import { setUpReference } from './reference.ts';
import { setUpSearch } from './search.ts';
import { setUpTabs } from './tabs.ts';

setUpColors();
setUpMenu();
setUpCopyButtons();
setUpTabs();
breakAddresses(document.querySelectorAll('.showcase .string'));
setUpHeadings();
setUpSearch();
if (document.body.classList.contains('reference')) setUpReference();
