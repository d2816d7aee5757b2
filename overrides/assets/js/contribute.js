// Starts a form of /contribuer/. The rest are modules, fetched only on these pages.
import("./contribute-page.js");
