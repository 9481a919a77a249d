"""Django: path("call-token", call_token). Needs PyJWT, and OMNI_CALL_AUTH_SECRET among the settings."""

import time

import jwt
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST


@never_cache
@require_POST
def call_token(request):
    user = request.user
    if not user.is_authenticated:
        return HttpResponse(status=401)
    claims = {
        "sub": str(user.pk),
        "name": user.get_full_name() or user.get_username(),
        "aud": "omni-call",
        "exp": int(time.time()) + 300,
    }
    return JsonResponse({"token": jwt.encode(claims, settings.OMNI_CALL_AUTH_SECRET, algorithm="HS256")})
