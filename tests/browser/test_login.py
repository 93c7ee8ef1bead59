"""The way into the admin, under the strict CSP; a breach of it fails the page's fixture."""


def test_an_editor_logs_in_with_the_keyboard(page, django_user_model):
    django_user_model.objects.create_superuser("editor", password="right")
    page.goto("/admin/")
    page.keyboard.type("editor")
    page.keyboard.press("Tab")
    page.keyboard.type("right")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Log out").wait_for()


def test_the_log_in_page_fits_a_phone(phone):
    phone.goto("/admin/login/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    assert phone.get_by_label("Password").is_visible()
