// Starts the kiosk page.
export {};
