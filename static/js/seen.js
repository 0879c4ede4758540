// <callback-seen data-seconds>: once it was really on screen for so long, the form around it hears "list-read".
// It stands at the end of the list, so that whoever has not come that far has read nothing yet.

class Seen extends HTMLElement {
  connectedCallback() {
    this.onScreen = false;
    this.watch = new IntersectionObserver((entries) => {
      this.onScreen = entries.at(-1).isIntersecting;
      this.check();
    }, { threshold: 1 });
    this.watch.observe(this);
    this.check = this.check.bind(this);
    document.addEventListener("visibilitychange", this.check);
  }

  disconnectedCallback() {
    this.watch.disconnect();
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.check);
  }

  check() {
    clearTimeout(this.timer);
    if (!this.onScreen || document.visibilityState !== "visible") return;
    this.timer = setTimeout(() => this.closest("form").dispatchEvent(new Event("list-read")), this.dataset.seconds * 1000);
  }
}

customElements.define("callback-seen", Seen);
