// Starts the console page.
import './console-app.ts';
