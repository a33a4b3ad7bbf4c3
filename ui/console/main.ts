// Starts the console page.
export {};
