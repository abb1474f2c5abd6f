import pytest
from django.core.management import call_command
from tests.test_real_taper import imported
pytestmark = pytest.mark.usefixtures("clock")
def test_x(alice, imported, as_alice):
    call_command("step_response","alice",symptom="IRRITABILITY")
    call_command("step_response","alice",symptom="mood", csv=True)
    assert as_alice.get("/trends/rules/").status_code==200
    c=as_alice.get("/settings/").content.decode()
    i=c.index("charts_private"); print(c[i-300:i+900])
