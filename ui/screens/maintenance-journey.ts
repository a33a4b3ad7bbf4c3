// The screens behind the maintenance PIN, fetched only when somebody opens them.
import './maintenance-pin-screen.ts';
import './maintenance-screen.ts';
