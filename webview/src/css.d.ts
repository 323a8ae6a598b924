/** Style sheets are bundled into page.css; importing one only puts it there. */
declare module "*.css";
